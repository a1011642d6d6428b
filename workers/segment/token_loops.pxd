cimport cython

cdef int _LOWER, _UPPER, _UNCASED, _HAN, _UNSPACED, _DIGIT, _QUOTE, _BRACKET
cdef int _IN_WORDS, _PAIRED, _CLOSING
cdef unsigned int _BEYOND_HAN, _BEYOND_LETTERS
cdef Py_ssize_t _PLACES
cdef unsigned long long _MIX, _STEP, _WHOLE

@cython.locals(
    beyond=cython.uint, offset=Py_ssize_t, number=Py_ssize_t, begun=Py_ssize_t, block=Py_ssize_t, 
    size=Py_ssize_t, found="int[14]", at=Py_ssize_t, code=cython.uint, kind=cython.int, letter=cython.ulonglong,
    key=cython.ulonglong, place=Py_ssize_t, row=Py_ssize_t,
    capitals=cython.uint
)
cpdef Py_ssize_t read_tokens(
    list texts, const unsigned int[::1] codes, const unsigned char[::1] table, const unsigned int[::1] letters, const unsigned long long[::1] weights,
    float[:, ::1] classes, unsigned int[:, ::1] facts, long long[::1] bounds, unsigned long long[::1] hashes,
    long long[::1] length, unsigned char[::1] capital
) except -1

@cython.locals(
    block=Py_ssize_t, first=Py_ssize_t, end=Py_ssize_t, key=cython.ulonglong, place=Py_ssize_t
)
cpdef fill_heads(const unsigned long long[::1] hashes, const long long[::1] bounds, unsigned long long[:, ::1] into)

@cython.locals(
    block=Py_ssize_t, row=Py_ssize_t, first=Py_ssize_t, end=Py_ssize_t, key=cython.ulonglong, place=Py_ssize_t
)
cpdef fill_tails(const unsigned long long[::1] hashes, const long long[::1] bounds, unsigned long long[:, ::1] into)

@cython.locals(block=Py_ssize_t, key=cython.ulonglong, weight=cython.ulonglong, place=Py_ssize_t)
cpdef fill_lines(const unsigned long long[::1] hashes, const long long[::1] bounds, unsigned long long[::1] into)
