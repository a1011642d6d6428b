cimport cython

cdef Py_ssize_t _BODY, _TEASER, _SUMMARY, _HEAD
cdef float _SURE

@cython.locals(
    classes=Py_ssize_t, count=Py_ssize_t, kind=Py_ssize_t, row=Py_ssize_t, number=Py_ssize_t, shift=Py_ssize_t,
    place=cython.longlong, added=cython.double, at=Py_ssize_t, window=Py_ssize_t, low=Py_ssize_t, high=Py_ssize_t
)
cdef _fill_around(
    float[:, ::1] into, const float[:, ::1] first, const long long[::1] shifts, const long long[:, ::1] windows,
    const long long[::1] of, double[::1] total
)

@cython.locals(kind=Py_ssize_t, at=Py_ssize_t, number=Py_ssize_t)
cdef _fill_group_means(
    float[:, ::1] into, const float[:, ::1] first, const long long[::1] group, const long long[::1] size,
    const long long[::1] of, double[::1] sums
)

@cython.locals(
    classes=Py_ssize_t, one=cython.float, level=Py_ssize_t, row=Py_ssize_t, number=Py_ssize_t, element=Py_ssize_t,
    size=cython.float, kind=Py_ssize_t
)
cpdef fill_above(
    float[:, ::1] into, const float[:, ::1] sums, const long long[:, ::1] ancestors, const long long[::1] begin,
    const long long[::1] end, float all_body, const long long[::1] of
)

@cython.locals(
    count=Py_ssize_t, body=cython.float, held=cython.float, one=cython.float, last=Py_ssize_t, sures=Py_ssize_t,
    best=Py_ssize_t, at=Py_ssize_t, sure_blocks=cython.float, number=Py_ssize_t, share=cython.float
)
cdef _fill_line(
    float[:, ::1] into, const float[:, ::1] first, const float[::1] mass, const float[::1] most, float teasers,
    float summaries, const long long[::1] of, float[:, ::1] total, long long[:, ::1] sure
)
