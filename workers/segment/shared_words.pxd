cimport cython

cdef long long _CONTENT
cdef int _BUCKET_BITS, _DIGIT_BITS, _BLOCK_BITS
cdef unsigned long long _BLOCK
cdef Py_ssize_t _DIGITS

@cython.locals(number=Py_ssize_t, block=Py_ssize_t, first=Py_ssize_t, at=Py_ssize_t, bucket=cython.ulonglong)
cpdef Py_ssize_t take_words(
    const unsigned long long[::1] hashes, const long long[::1] length, const unsigned char[::1] capital,
    const long long[::1] bounds, unsigned long long[::1] into
) except -1

@cython.locals(digit=Py_ssize_t, at=Py_ssize_t, before=cython.longlong, place=Py_ssize_t)
cdef void _sort_by(
    const unsigned long long[::1] words, unsigned long long[::1] into, int bit, long long[::1] counted
) noexcept

@cython.locals(
    number=Py_ssize_t, at=Py_ssize_t, bucket=cython.ulonglong, first=Py_ssize_t, place=Py_ssize_t
)
cpdef Py_ssize_t fill_pairs(
    const unsigned long long[::1] words, long long[::1] word, long long[::1] block, long long[::1] following,
    float[::1] weight, double[::1] total
) except -1

@cython.locals(at=Py_ssize_t)
cpdef add_following(
    const long long[::1] block, const float[::1] weight, const long long[::1] following, double[:, ::1] sums
)

@cython.locals(at=Py_ssize_t, end=Py_ssize_t, held=cython.double, others=cython.double)
cpdef add_shared(
    const long long[::1] word, const long long[::1] block, const float[::1] weight, const float[::1] share,
    float[::1] bound, double[::1] sums
)

@cython.locals(at=Py_ssize_t)
cpdef add_bridges(
    const long long[::1] block, const long long[::1] following, const float[::1] weight,
    const unsigned char[::1] sure, long long farthest, double[::1] steps
)
