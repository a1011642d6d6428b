cimport cython
from workers.segment.line_words cimport LineWords, hash_word

cdef Py_ssize_t _TITLE_MATCH, _TITLE_EXACT, _TITLE_WITHIN, _DESCRIPTION_MATCH, _STARTS, _IN_BODY, _NAMES_AUTHOR
cdef Py_ssize_t LONGEST, SHORTEST, _LONGEST_BYLINE, _OPENING, _LEAST, _TRIPLES, _DESCRIPTION
cdef double _SIMILAR

cdef class Declaration:
    cdef list title_texts
    cdef str described
    cdef long long first_described
    cdef str body
    cdef unsigned char[::1] triples
    cdef Py_ssize_t titles
    cdef long long[::1] size
    cdef long long[::1] common
    cdef unsigned long long last
    cdef unsigned long long[::1] keys
    cdef long long[::1] holders
    cdef const unsigned int[::1] names
    cdef long long[::1] name_ends

    @cython.locals(word=str, key=cython.ulonglong, slot=cython.ulonglong)
    cdef _take(self, frozenset words, long long number)

    @cython.locals(slot=cython.ulonglong)
    cdef unsigned long long _slot(self, unsigned long long key) noexcept

    @cython.locals(length=Py_ssize_t, lowered=str, described=str, sample=str)
    cdef compare(
        self, str text, const unsigned int[::1] codes, Py_ssize_t begin, Py_ssize_t end, LineWords words,
        float[:, ::1] into, Py_ssize_t at
    )

    @cython.locals(at=Py_ssize_t)
    cdef bint _may_hold(self, str sample) noexcept

    @cython.locals(
        common="long long[::1]", number=Py_ssize_t, any_common=cython.longlong, word=Py_ssize_t,
        holders=cython.longlong, size=cython.longlong, best=cython.double, shared=cython.longlong, lowered=str,
        title_text=str
    )
    cdef _match(self, str text, LineWords words, float[:, ::1] into, Py_ssize_t at)

    @cython.locals(number=Py_ssize_t, start=Py_ssize_t, length=Py_ssize_t, at=Py_ssize_t, place=Py_ssize_t)
    cdef bint _names_author(self, const unsigned int[::1] codes, Py_ssize_t begin, Py_ssize_t end) noexcept

@cython.locals(at=Py_ssize_t)
cdef void _fill_triples(str text, unsigned char[::1] into) noexcept

cdef Py_ssize_t _triple(Py_ssize_t first, Py_ssize_t second, Py_ssize_t third) noexcept
