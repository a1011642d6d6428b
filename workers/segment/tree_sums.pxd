cimport cython

cdef Py_ssize_t _WORDS
cdef Py_ssize_t ROWS_AT_ONCE

@cython.locals(
    start=Py_ssize_t, lane=Py_ssize_t, size=Py_ssize_t, rows=Py_ssize_t, trees=Py_ssize_t, depth=Py_ssize_t,
    words=Py_ssize_t, lanes=Py_ssize_t, column=Py_ssize_t
)
cpdef add_leaves(
    const float[:, ::1] table, const Py_ssize_t[::1] feature, const float[::1] border,
    const Py_ssize_t[:, ::1] question, const float[::1] leaf, float[:, ::1] into
)

@cython.locals(number=Py_ssize_t, at=Py_ssize_t)
cdef void _copy(
    const float[:, ::1] table, const Py_ssize_t[::1] feature, Py_ssize_t start, Py_ssize_t size, float[:, ::1] into
) noexcept

@cython.locals(number=Py_ssize_t, column=Py_ssize_t, at=Py_ssize_t, limit=cython.float)
cdef void _answer(
    const float[:, ::1] table, const Py_ssize_t[::1] feature, const float[::1] border,
    unsigned int[::1] answers, Py_ssize_t start
) noexcept

@cython.locals(tree=Py_ssize_t, bit=Py_ssize_t, asked=Py_ssize_t, at=Py_ssize_t, place="unsigned int[4]")
cdef void _fall(
    const unsigned int[::1] answers, const Py_ssize_t[:, ::1] question, unsigned int[:, ::1] fallen, Py_ssize_t word
) noexcept

@cython.locals(
    first=Py_ssize_t, at=Py_ssize_t, byte=Py_ssize_t, tree=Py_ssize_t,
    total=cython.float
)
cdef void _add_one(
    const unsigned char[:, ::1] fallen, Py_ssize_t words, const Py_ssize_t[::1] begin,
    const float[::1] leaf, Py_ssize_t first_leaf, float[:, ::1] into, Py_ssize_t column, Py_ssize_t start
) noexcept

@cython.locals(
    first=Py_ssize_t, at=Py_ssize_t, byte=Py_ssize_t, tree=Py_ssize_t, column=Py_ssize_t,
    place="Py_ssize_t[8]", sums="float[8]"
)
cdef void _add_eight(
    const unsigned char[:, ::1] fallen, Py_ssize_t words, const Py_ssize_t[::1] begin,
    const float[::1] leaf, float[:, ::1] into, Py_ssize_t start
) noexcept

@cython.locals(at=Py_ssize_t, kind=Py_ssize_t, best=cython.float, score=cython.float)
cpdef fill_scores(const float[:, ::1] sums, const float[::1] bias, float[:, ::1] scores)
