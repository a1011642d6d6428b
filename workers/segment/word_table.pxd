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
cdef long long _BEGINS
cdef long long _BITS
cdef str _EDGES

cdef class WordTable:
    cdef unsigned long long last
    cdef unsigned long long[::1] keys
    cdef long long[::1] values
    cdef unsigned char[::1] edges

    @cython.locals(key=cython.ulonglong, slot=cython.ulonglong)
    cdef void _add(self, str entry, long long bits) noexcept

    @cython.locals(slot=cython.ulonglong)
    cdef unsigned long long _slot(self, unsigned long long key) noexcept

    @cython.locals(found=cython.longlong)
    cdef long long _bits(self, unsigned long long key) noexcept

    cpdef long long in_names(self, str value)

    @cython.locals(
        bits=cython.longlong, before=cython.ulonglong, name=cython.ulonglong, size=Py_ssize_t, at=Py_ssize_t,
        code=cython.uint, end=Py_ssize_t, word=cython.ulonglong, pair=cython.ulonglong, place=Py_ssize_t,
        small=cython.uint
    )
    cdef long long _ascii_names(self, str value) noexcept

    @cython.locals(bits=cython.longlong, before=cython.ulonglong, small=str)
    cdef long long _other_names(self, str value)

    @cython.locals(starts="Py_ssize_t[17]", ends="Py_ssize_t[17]", number=Py_ssize_t)
    cpdef long long in_head(self, const unsigned int[::1] lowered, Py_ssize_t begin, Py_ssize_t end) noexcept

    @cython.locals(last=Py_ssize_t, start=Py_ssize_t)
    cpdef long long in_tail(self, const unsigned int[::1] lowered, Py_ssize_t begin, Py_ssize_t end) noexcept

    @cython.locals(
        keys="unsigned long long[17]", bits=cython.longlong, begins=cython.longlong, found=cython.longlong,
        key=cython.ulonglong, at=Py_ssize_t, following=Py_ssize_t, start=Py_ssize_t, end=Py_ssize_t
    )
    cdef long long _of_words(
        self, const unsigned int[::1] lowered, Py_ssize_t* starts, Py_ssize_t* ends, Py_ssize_t number
    ) noexcept

    cdef bint _is_edge(self, unsigned int code) noexcept

@cython.locals(result=cython.ulonglong, at=Py_ssize_t)
cdef unsigned long long _hash(str text, unsigned long long begun) noexcept

@cython.locals(result=cython.ulonglong, at=Py_ssize_t)
cdef unsigned long long _hash_of(
    const unsigned int[::1] codes, Py_ssize_t start, Py_ssize_t end, unsigned long long begun
) noexcept

@cython.locals(number=Py_ssize_t, at=Py_ssize_t)
cdef Py_ssize_t _words(
    const unsigned int[::1] codes, Py_ssize_t begin, Py_ssize_t end, Py_ssize_t* starts, Py_ssize_t* ends
) noexcept

cdef bint _is_lower(unsigned int code) noexcept
cdef bint _is_upper(unsigned int code) noexcept
