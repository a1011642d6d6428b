cimport cython

cdef long long _EMPTY
cdef unsigned long long _SPREAD
cdef unsigned long long _WHOLE

@cython.locals(row=Py_ssize_t, element=Py_ssize_t)
cdef void _fill_subtrees(
    const float[:, ::1] values, const long long[::1] first, const long long[::1] last, float[:, ::1] into,
    double[::1] total
) noexcept

@cython.locals(added=cython.double, at=Py_ssize_t)
cdef void _add_up(const float[:, ::1] values, Py_ssize_t row, double[::1] total) noexcept

@cython.locals(count=Py_ssize_t, row=Py_ssize_t, at=Py_ssize_t, low=Py_ssize_t, high=Py_ssize_t)
cdef _fill_windows(
    const float[:, ::1] values, Py_ssize_t before, Py_ssize_t after, float[:, ::1] into, double[::1] total
)

@cython.locals(count=Py_ssize_t, row=Py_ssize_t, at=Py_ssize_t, place=Py_ssize_t)
cpdef fill_shifted(const float[:, ::1] rows, Py_ssize_t by, float[:, ::1] into)

@cython.locals(element=Py_ssize_t, up=cython.longlong)
cdef void _fill_paths(const long long[::1] own, const long long[::1] parent, long long[::1] into) noexcept

@cython.locals(
    number=Py_ssize_t, last=cython.ulonglong, at=Py_ssize_t, key=cython.longlong, spread=cython.ulonglong,
    slot=cython.ulonglong
)
cdef Py_ssize_t _number(
    const long long[::1] keys, long long[::1] table, long long[::1] numbers, long long[::1] of
) noexcept

@cython.locals(at=Py_ssize_t)
cdef void _fill_sizes(const long long[::1] of, long long[::1] sizes, long long[::1] into) noexcept

@cython.locals(row=Py_ssize_t, at=Py_ssize_t, group=Py_ssize_t)
cdef _fill_means(
    const float[:, ::1] values, const long long[::1] of, const long long[::1] size, double[::1] sums,
    double[:, ::1] into
)

@cython.locals(at=Py_ssize_t)
cdef void _fill_most(
    const float[::1] values, const long long[::1] of, float[::1] most, float[::1] into
) noexcept

@cython.locals(at=Py_ssize_t)
cdef void _fill_ends(
    const long long[::1] of, long long[::1] begins, long long[::1] ends, long long[::1] first, long long[::1] last
) noexcept

@cython.locals(row=Py_ssize_t, source=cython.longlong, bit=cython.uint, at=Py_ssize_t)
cpdef fill_bits(
    const unsigned int[:, ::1] halves, const long long[::1] row_of, const unsigned int[::1] mask, float[:, ::1] into,
    Py_ssize_t start
)
