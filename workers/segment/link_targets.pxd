cimport cython

cdef Py_ssize_t _LINKED, _OWN_LINK, _OTHER_HOST, _PATH_PARTS, _PATH_SHARED, _SLUG_WORDS, _SLUG_DIGITS
cdef Py_ssize_t _FRAGMENT, _QUERY, _YEAR
cdef str _NOWHERE_BEGINS

cdef class Targets:
    cdef str host
    cdef list path_parts
    cdef frozenset own_paths
    cdef frozenset own_lengths
    cdef str begun
    cdef bint begun_is_other
    cdef dict others

    @cython.locals(
        size=Py_ssize_t, end=Py_ssize_t, query=bint, fragment=bint, place=Py_ssize_t, letter=Py_UCS4, path=Py_ssize_t,
        other=bint, last=Py_ssize_t
    )
    cdef bint describe(self, str href, float[:, ::1] into, Py_ssize_t start, Py_ssize_t at) except -1

    @cython.locals(slashes=Py_ssize_t, slash=Py_ssize_t)
    cdef Py_ssize_t _path(self, str href, Py_ssize_t end) except -1

    @cython.locals(begun=str)
    cdef bint _is_other(self, str href, Py_ssize_t path) except -1

    @cython.locals(
        number=Py_ssize_t, shared=Py_ssize_t, digits=bint, row=Py_ssize_t, begun=Py_ssize_t, marks=Py_ssize_t,
        parts=Py_ssize_t, last_marks=Py_ssize_t, last_length=Py_ssize_t, place=Py_ssize_t, letter=Py_UCS4,
        before_marks=Py_ssize_t, before_length=Py_ssize_t, slug=Py_ssize_t
    )
    cdef _parts(self, str href, Py_ssize_t begin, Py_ssize_t end, float[:, ::1] into, Py_ssize_t start, Py_ssize_t at)
