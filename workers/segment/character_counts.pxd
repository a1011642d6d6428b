cimport cython

cdef Py_ssize_t _CLASSES
cdef int _LOWER, _UPPER, _UNCASED, _HAN, _DIGIT, _QUOTE, _BRACKET
cdef int _IN_WORDS
cdef unsigned int _DOTTED_I, _SIGMA, _PLANE, _BEYOND_HAN

@cython.locals(
    beyond=cython.uint, number=Py_ssize_t, text=str, found="int[32]", turn=cython.int, small="const unsigned short[::1]", begun="int[14]", before=cython.int, within=cython.int, kind=cython.int,
    size=Py_ssize_t, at=Py_ssize_t, letter=Py_UCS4, code=cython.uint, row=Py_ssize_t, place=Py_ssize_t
)
cpdef count_classes(
    list texts, const unsigned char[::1] table, float[:, ::1] classes, float[:, ::1] beginnings,
    unsigned char[::1] first, unsigned char[::1] last, unsigned int[::1] lowered, long long[::1] start,
    unsigned char[::1] odd
)
