cimport cython

from workers.segment.word_table cimport WordTable

cdef WordTable _TABLE
cdef Py_ssize_t _LONGEST
cdef dict _known

cpdef long long hints(str value) except? -1

@cython.locals(known=tuple, folded=str)
cpdef tuple class_hints(str value)

@cython.locals(before=cython.uint, at=Py_ssize_t, code=cython.uint)
cdef bint _is_folded(str value)
