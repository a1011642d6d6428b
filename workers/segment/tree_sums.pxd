cimport cython

cdef Py_ssize_t ROWS_AT_ONCE
cdef Py_ssize_t TREES_AT_ONCE

@cython.locals(start=Py_ssize_t, size=Py_ssize_t, rows=Py_ssize_t, trees=Py_ssize_t)
cpdef add_leaves(
    const float[:, ::1] table, const Py_ssize_t[::1] feature, const float[::1] border, const Py_ssize_t[:, ::1] question,
    const float[:, ::1] leaf, float[:, ::1] into
)

@cython.locals(number=Py_ssize_t, column=Py_ssize_t, at=Py_ssize_t, limit=cython.float)
cdef void _answer(
    const float[:, ::1] table, const Py_ssize_t[::1] feature, const float[::1] border, unsigned char[:, ::1] answers,
    Py_ssize_t start, Py_ssize_t size
) noexcept

@cython.locals(tree=Py_ssize_t, bit=Py_ssize_t, asked=Py_ssize_t, at=Py_ssize_t)
cdef void _fall(
    const unsigned char[:, ::1] answers, const Py_ssize_t[:, ::1] question, unsigned char[:, ::1] fallen,
    Py_ssize_t size
) noexcept

@cython.locals(tree=Py_ssize_t, place=Py_ssize_t, at=Py_ssize_t, column=Py_ssize_t)
cdef void _add(
    const unsigned char[:, ::1] fallen, Py_ssize_t depth, const float[:, ::1] leaf, float[:, ::1] into,
    Py_ssize_t start, Py_ssize_t size
) noexcept

@cython.locals(
    trees=Py_ssize_t, first=Py_ssize_t, tree=Py_ssize_t, place=Py_ssize_t, at=Py_ssize_t, column=Py_ssize_t, sums="float[8]"
)
cdef void _add_eight(
    const unsigned char[:, ::1] fallen, Py_ssize_t depth, const float[:, ::1] leaf, float[:, ::1] into,
    Py_ssize_t start, Py_ssize_t size
) noexcept
