cimport cython

cdef int _TOP

@cython.locals(block=Py_ssize_t, words=Py_ssize_t, row=Py_ssize_t, found=cython.int)
cpdef fill_bits(
    const unsigned long long[:, ::1] heads, const unsigned long long[:, ::1] tails, const long long[::1] count,
    const unsigned long long[::1] keys, const int[::1] bits, const int[::1] start, int[::1] whole, int[::1] head,
    int[::1] tail
)

@cython.locals(at=Py_ssize_t)
cdef int _look_up(
    unsigned long long wanted, const unsigned long long[::1] keys, const int[::1] bits, const int[::1] start
) noexcept

@cython.locals(
    groups=Py_ssize_t, block=Py_ssize_t, first=Py_ssize_t, end=Py_ssize_t, sums="int[8]",
    at=Py_ssize_t, slot=Py_ssize_t, group=Py_ssize_t, back=Py_ssize_t, row=Py_ssize_t
)
cpdef fill_evidence(
    const unsigned long long[::1] hashes, const long long[::1] bounds, const unsigned long long[:, ::1] heads,
    const signed char[:, ::1] anywhere, const signed char[:, ::1] opening, int shift, Py_ssize_t closing, const float[::1] steps,
    const float[::1] count, float[:, ::1] into
)

@cython.locals(row=Py_ssize_t, block=Py_ssize_t)
cpdef fill_rows(const int[::1] bits, float[:, ::1] into)
