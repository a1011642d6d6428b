cimport cython

@cython.locals(phrase=str)
cpdef bint holds_any(str text, tuple phrases) except -1

@cython.locals(before=Py_UCS4, at=Py_ssize_t, letter=Py_UCS4)
cpdef bint holds_ellipsis(str text, Py_ssize_t start) except -1
