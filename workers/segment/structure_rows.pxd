cimport cython

cdef long long _HALF
cdef int _HALF_BITS

@cython.locals(
    one=cython.longlong, number=Py_ssize_t, up=cython.longlong, levels=Py_ssize_t, near_groups=cython.longlong,
    at=Py_ssize_t, level=Py_ssize_t, own=Py_ssize_t, is_image=bint, near=cython.longlong
)
cdef long long _fill_structure(
    const long long[::1] tag, const long long[::1] parent, const long long[::1] signature, const long long[::1] hints,
    const long long[::1] element, const long long[::1] image, long long tags, long long[:, ::1] into,
    long long[::1] path_hints, long long[::1] path_tags
) noexcept

@cython.locals(
    one=cython.longlong, last=Py_ssize_t, at=Py_ssize_t, element=Py_ssize_t, up=Py_ssize_t, level=Py_ssize_t
)
cpdef fill_halves(
    unsigned int[:, ::1] into, const long long[::1] tag, const long long[::1] hints, const long long[::1] first,
    const long long[:, ::1] ancestors, const long long[::1] path_tags, const long long[::1] path_hints,
    const long long[::1] block_hints, const long long[::1] block_inline, const long long[::1] said,
    const float[::1] heading
)

cdef void _halve(unsigned int[:, ::1] into, Py_ssize_t source, Py_ssize_t at, long long value) noexcept
