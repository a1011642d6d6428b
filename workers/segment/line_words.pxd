cimport cython

cdef Py_ssize_t _SLOTS, _LONGEST_SLUG, _BEGINNING, _HEADS
cdef unsigned int _SPACE
cdef unsigned long long _EMPTY, _PRIME, _WHOLE

cdef class LineWords:
    cdef readonly Py_ssize_t number
    cdef unsigned long long[::1] keys
    cdef long long[::1] start
    cdef long long[::1] end
    cdef long long round
    cdef long long[::1] seen_in
    cdef unsigned long long[::1] seen
    cdef long long[::1] head
    cdef long long[::1] next

    @cython.locals(unspaced=bint, at=Py_ssize_t, start=Py_ssize_t, place=Py_ssize_t)
    cpdef void read(self, const unsigned int[::1] codes, Py_ssize_t begin, Py_ssize_t end) noexcept

    @cython.locals(key=cython.ulonglong, slot=cython.ulonglong)
    cdef void _add(self, const unsigned int[::1] codes, Py_ssize_t start, Py_ssize_t end) noexcept

    @cython.locals(
        size=Py_ssize_t, at=Py_ssize_t, begun=Py_ssize_t, found=Py_ssize_t, number=Py_ssize_t, start=Py_ssize_t,
        length=Py_ssize_t, place=Py_ssize_t
    )
    cpdef Py_ssize_t found_in(self, const unsigned int[::1] codes, str slug) noexcept

@cython.locals(result=cython.ulonglong, at=Py_ssize_t)
cdef unsigned long long _hash_of(const unsigned int[::1] codes, Py_ssize_t start, Py_ssize_t end) noexcept

@cython.locals(result=cython.ulonglong, at=Py_ssize_t)
cpdef unsigned long long hash_word(str word) noexcept

cdef bint _is_unspaced(unsigned int code) noexcept

cdef Py_ssize_t _begun(unsigned int first, unsigned int second, unsigned int third) noexcept
