cimport cython

cdef float _LINKED_RATIO, _LIKELY, _TEASER
cdef Py_ssize_t _LINKED, _PROMOTED, _BELOW, _SURE, _MOST, _ALIKE
cdef Py_ssize_t _STANDING, _LINKING, _MORE, _BYLINES, _FIRST_SURE, _TARGETS, _TARGETS_BELOW
cdef Py_ssize_t _PROMOTED_WORDS, _MORE_WORDS, _BYLINE_WORDS, _HEADINGS
cdef Py_ssize_t _RATIO, _WORDS, _LEADS, _OWN, _PATH_SHARED, _PATH_PARTS, _SHOW, _READ, _BY

@cython.locals(
    linked_ratio=cython.float, sure=cython.float, teaser=cython.float, run=Py_ssize_t, at=Py_ssize_t, heading=bint,
    level=Py_ssize_t, words=cython.float, target=cython.longlong, linked=bint, promoted=bint, parts=cython.float,
    below=bint, kind=Py_ssize_t, most=cython.longlong, groups=cython.longlong, held="double[:, ::1]",
    seen="unsigned char[:, ::1]"
)
cpdef count_page(
    const float[:, ::1] table, const long long[::1] rows, const float[:, ::1] first, const float[::1] mass,
    const long long[::1] parent, const long long[::1] near, const long long[::1] links, float own_parts,
    unsigned char[:, ::1] masks, long long[::1] counts, double[::1] sums
)
