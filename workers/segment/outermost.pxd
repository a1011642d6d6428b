cimport cython

@cython.locals(of_one=cython.longlong, of_other=cython.longlong, hinted=cython.longlong)
cdef tuple _outermost(
    const long long[::1] tag, const long long[::1] hints, const long long[::1] parent, long long element, long long one,
    long long other, long long hint
)
