cimport cython

cpdef tuple class_hints(str value)

@cython.locals(before=cython.uint, at=Py_ssize_t, code=cython.uint)
cdef bint _is_folded(str value)
