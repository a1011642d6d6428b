cimport cython

cdef long long _FAR

@cython.locals(known=dict, number=Py_ssize_t, at=Py_ssize_t, key=str)
cdef Py_ssize_t _number(list keys, long long[::1] of) except -1

@cython.locals(at=Py_ssize_t, most=cython.float)
cdef _fill_links(
    float[:, ::1] into, const float[::1] words, const float[::1] longest, const float[::1] heading,
    const float[::1] has_heading, const long long[::1] first
)

@cython.locals(at=Py_ssize_t, before=cython.longlong)
cdef void _fill_copies(float[:, ::1] into, const long long[::1] of, long long[::1] seen) noexcept

@cython.locals(count=Py_ssize_t, at=Py_ssize_t)
cdef _fill_alike(
    float[:, ::1] into, Py_ssize_t start, const long long[::1] size, const double[:, ::1] means,
    const long long[::1] first, const long long[::1] last, const float[::1] words
)
