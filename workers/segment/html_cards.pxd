cimport cython

cdef long long _LEAST
cdef double _BLOCKS
cdef Py_ssize_t _HELD, _NEAR, _SHORTEST, _LONGEST

cdef class Units:
    cdef long long[::1] of
    cdef long long[::1] size
    cdef double[:, ::1] means
    cdef float[::1] most
    cdef long long[::1] card
    cdef float[::1] longest
    cdef float[::1] longest_linked

    @cython.locals(element=Py_ssize_t, blocks=cython.longlong, group=cython.longlong, row=Py_ssize_t)
    cpdef count(
        self, const long long[::1] first, const long long[::1] last, const float[:, ::1] sums, const float[::1] images
    )

    @cython.locals(element=Py_ssize_t, group=cython.longlong)
    cpdef choose(self, const long long[::1] parent)

    @cython.locals(at=Py_ssize_t, card=cython.longlong, linked=cython.float)
    cpdef look(self, const long long[::1] block_element, const float[::1] words, const float[::1] link_ratio)

    @cython.locals(
        at=Py_ssize_t, card=cython.longlong, group=cython.longlong, size=cython.longlong, blocks=cython.double,
        words=cython.double
    )
    cdef _fill_groups(self, float[:, ::1] into, Py_ssize_t start, const long long[::1] block_element, double all_words)

    @cython.locals(
        at=Py_ssize_t, element=cython.longlong, card=cython.longlong, own=cython.float, in_card=cython.float,
        linked=cython.float
    )
    cdef _fill_blocks(
        self, float[:, ::1] into, Py_ssize_t start, const long long[::1] block_element, const long long[::1] first,
        const long long[::1] last, const float[::1] depth, const float[:, ::1] sums, const float[::1] words,
        const float[::1] link_ratio
    )

@cython.locals(
    count=Py_ssize_t, at=Py_ssize_t, text=str, length=Py_ssize_t, place=Py_ssize_t, other=str, size=Py_ssize_t
)
cdef _fill_near_copies(float[:, ::1] into, list texts)
