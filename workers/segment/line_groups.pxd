cimport cython

cdef unsigned long long _SPREAD, _WHOLE

@cython.locals(number=Py_ssize_t, last=cython.ulonglong, at=Py_ssize_t, spread=cython.ulonglong, slot=cython.ulonglong)
cdef Py_ssize_t _number(const unsigned long long[::1] keys, long long[::1] first, long long[::1] of) except -1

@cython.locals(at=Py_ssize_t)
cpdef fill_sizes(const long long[::1] of, long long[::1] sizes, long long most, float[::1] into)

@cython.locals(at=Py_ssize_t, before=Py_ssize_t)
cpdef fill_distances(const long long[::1] of, long long[::1] seen, long long most, float[::1] back, float[::1] on)

@cython.locals(row=Py_ssize_t, at=Py_ssize_t, group=Py_ssize_t)
cpdef fill_means(
    const float[:, ::1] values, const long long[::1] of, long long[::1] sizes, double[::1] means, float[:, ::1] into
)

@cython.locals(row=Py_ssize_t, at=Py_ssize_t)
cpdef fill_taken(const float[:, ::1] values, const long long[::1] where, float[:, ::1] into)

@cython.locals(size=Py_ssize_t, nearer=Py_ssize_t, farther=Py_ssize_t, at=Py_ssize_t)
cpdef fill_nearest_kept(const unsigned char[::1] keep, long long[:, ::1] into)
