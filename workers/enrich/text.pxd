cimport cython

cdef int _TIDY, _UNSURE, _UNTIDY

@cython.locals(found=int)
cpdef tidy(str text)

@cython.locals(found=int, before=Py_UCS4, letter=Py_UCS4)
cdef int _look(str text) except -1

cpdef bint is_composed(Py_UCS4 letter) except -1
