cimport cython

cdef bytes _SAFE
cdef int _PATH, _QUERY, _FRAGMENT
cdef Py_ssize_t _LONGEST_LABEL, _MOST_LABELS, _SHORTEST_END, _LONGEST_END

@cython.locals(
    start=Py_ssize_t, at=Py_ssize_t, dots=Py_ssize_t, length=Py_ssize_t, letters=bint, letter=Py_UCS4,
    is_host=bint
)
cpdef bint is_plain_absolute(str href) except -1

cpdef bint is_plain_from_root(str href) except -1

@cython.locals(
    part=int, begun=Py_ssize_t, before=Py_UCS4, size=Py_ssize_t, at=Py_ssize_t, letter=Py_UCS4
)
cdef bint _is_plain(str href, Py_ssize_t start, Py_ssize_t shortest_query) except -1
