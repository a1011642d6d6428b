cimport cython

cdef unsigned long long _EMPTY
cdef unsigned long long _PRIME
cdef unsigned long long _WHOLE
cdef unsigned int _SPACE
cdef Py_ssize_t _MOST_WORDS
cdef Py_ssize_t _HEAD_WORDS
cdef Py_ssize_t _TAIL_WORDS
cdef Py_ssize_t _PHRASE_STARTS
cdef Py_ssize_t _PHRASE_WORDS
cdef str _EDGES

cdef class WordTable:
    cdef Py_ssize_t slots
    cdef unsigned long long[::1] keys
    cdef long long[::1] values

    @cython.locals(one=cython.longlong, key=cython.ulonglong, slot=Py_ssize_t)
    cdef void _add(self, str entry, Py_ssize_t bit)

    @cython.locals(slot=Py_ssize_t)
    cdef Py_ssize_t _slot(self, unsigned long long key) noexcept

    cdef long long _bits(self, unsigned long long key) noexcept

    cpdef long long in_names(self, str value)

    @cython.locals(
        bits=cython.longlong, before=cython.ulonglong, name=cython.ulonglong, size=Py_ssize_t, at=Py_ssize_t,
        code=cython.uint, end=Py_ssize_t, word=cython.ulonglong, pair=cython.ulonglong, place=Py_ssize_t,
        small=cython.uint
    )
    cdef long long _ascii_names(self, str value)

    @cython.locals(bits=cython.longlong, before=cython.ulonglong, small=str)
    cdef long long _other_names(self, str value)

    @cython.locals(starts="Py_ssize_t[17]", ends="Py_ssize_t[17]", number=Py_ssize_t)
    cpdef long long in_head(self, str lowered)

    @cython.locals(start=Py_ssize_t, end=Py_ssize_t)
    cpdef long long in_tail(self, str lowered)

    @cython.locals(bits=cython.longlong, key=cython.ulonglong, at=Py_ssize_t, following=Py_ssize_t, start=Py_ssize_t, end=Py_ssize_t)
    cdef long long _of_words(self, str lowered, Py_ssize_t* starts, Py_ssize_t* ends, Py_ssize_t number)

cdef unsigned long long _hash(str text, unsigned long long begun)

@cython.locals(result=cython.ulonglong, at=Py_ssize_t)
cdef unsigned long long _hash_of(str text, Py_ssize_t start, Py_ssize_t end, unsigned long long begun)

@cython.locals(number=Py_ssize_t, size=Py_ssize_t, at=Py_ssize_t)
cdef Py_ssize_t _words(str text, Py_ssize_t* starts, Py_ssize_t* ends)

@cython.locals(start=Py_ssize_t, end=Py_ssize_t)
cdef void _strip(str text, Py_ssize_t* starts, Py_ssize_t* ends, Py_ssize_t at)

cdef bint _is_lower(unsigned int code) noexcept
cdef bint _is_upper(unsigned int code) noexcept
