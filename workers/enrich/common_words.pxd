cimport cython

@cython.locals(words=Py_ssize_t, hits=Py_ssize_t, start=Py_ssize_t, at=Py_ssize_t, letter=Py_UCS4)
cpdef double share_of(frozenset common, str lowered) except -1
