cimport cython

cdef unsigned long long _SEED, _PRIME, _WHOLE
cdef unsigned char _SPACE, _LINE_END
cdef Py_ssize_t _START, _END, _COUNT

@cython.final
cdef class WordCounts:
    cdef readonly bytes text
    cdef long long[:, ::1] known
    cdef unsigned long long[::1] hashes
    cdef long long[::1] places
    cdef Py_ssize_t distinct

    @cython.locals(
        known="long long[:, ::1]", hashes="unsigned long long[::1]", at=Py_ssize_t, words=Py_ssize_t,
        key=cython.ulonglong, letter="unsigned char", before="unsigned char"
    )
    cdef Py_ssize_t _find(self, const unsigned char[::1] text) noexcept

    @cython.locals(
        known="long long[:, ::1]", hashes="unsigned long long[::1]", places="long long[::1]", word=Py_ssize_t,
        start=Py_ssize_t, end=Py_ssize_t, key=cython.ulonglong, slot=Py_ssize_t, first=Py_ssize_t
    )
    cdef void _count(self, const unsigned char[::1] text, Py_ssize_t words) noexcept

    @cython.locals(last=Py_ssize_t, slot=Py_ssize_t, word=Py_ssize_t)
    cdef Py_ssize_t _slot(
        self, const unsigned char[::1] text, const unsigned char[::1] other, Py_ssize_t start, Py_ssize_t end,
        unsigned long long key
    ) noexcept

    @cython.locals(at=Py_ssize_t, place=Py_ssize_t)
    cdef bint _is(
        self, const unsigned char[::1] text, Py_ssize_t word, const unsigned char[::1] other, Py_ssize_t start,
        Py_ssize_t end
    ) noexcept

    @cython.locals(key=cython.ulonglong, at=Py_ssize_t, first=Py_ssize_t)
    cpdef Py_ssize_t count(self, const unsigned char[::1] word) except -1

    @cython.locals(
        found=list, own="const unsigned char[::1]", letters="const unsigned char[::1]", word=Py_ssize_t, start=Py_ssize_t, end=Py_ssize_t
    )
    cpdef list shared(self, WordCounts other)

    @cython.locals(found=dict, word=Py_ssize_t, start=Py_ssize_t, end=Py_ssize_t, count=Py_ssize_t)
    cpdef dict chosen(self, Py_ssize_t least, Py_ssize_t shortest)

    @cython.locals(word=Py_ssize_t, found=bint)
    cpdef bint begins_beyond(self, unsigned char first, Py_ssize_t among) except -1
