cimport cython

cdef Py_ssize_t _CLASSES
cdef int _LOWER, _UPPER, _UNCASED, _HAN, _DIGIT, _QUOTE, _BRACKET
cdef unsigned int _BEYOND_HAN

@cython.locals(
    beyond=cython.uint, number=Py_ssize_t, text=str, found="int[14]", begun="int[14]", in_word=bint, kind=cython.int,
    before=cython.int, before_that=cython.int, at=Py_ssize_t, code=cython.uint, row=Py_ssize_t
)
cpdef count_classes(
    list texts, const unsigned char[::1] table, float[:, ::1] classes, float[:, ::1] beginnings,
    unsigned char[::1] first, unsigned char[::1] last
)
