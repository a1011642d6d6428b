cimport cython

@cython.locals(at=Py_ssize_t)
cpdef bint is_space(str text) noexcept

@cython.locals(start=Py_ssize_t, end=Py_ssize_t)
cpdef Py_ssize_t stripped(str text) noexcept

cpdef str folded(str text)

@cython.locals(after_space=bint, at=Py_ssize_t, letter=Py_UCS4)
cdef bint _is_folded(str text) noexcept
