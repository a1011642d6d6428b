cimport cython

@cython.locals(
    block=Py_ssize_t, best=cython.longlong, element=cython.longlong, begin=cython.longlong, end=cython.longlong,
    found=list, before="int[:, ::1]", most=Py_ssize_t
)
cpdef list card_elements(
    list asked, list promos, list story, const long long[::1] block_element, const long long[::1] parent,
    const long long[::1] first, const long long[::1] last
)
