cimport cython

@cython.locals(words=Py_ssize_t, last=Py_UCS4, near=bint, far=bint, letter=Py_UCS4, here=bint)
cdef Py_ssize_t _spaced(str text) except -1
