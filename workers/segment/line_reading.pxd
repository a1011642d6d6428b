cimport cython

cdef int _BREAK, _INVISIBLE, _SPACE

@cython.locals(found=cython.int, before=cython.uint, at=Py_ssize_t, code=cython.uint)
cpdef int oddities(const unsigned int[::1] codes) except -1

@cython.locals(at=Py_ssize_t, line=str)
cpdef list stripped(list lines)

@cython.locals(number=Py_ssize_t, at=Py_ssize_t, line=str)
cdef Py_ssize_t _fill_lengths(list lines, long long[::1] into) except -1

@cython.locals(
    number=Py_ssize_t, blank=cython.int, at=Py_ssize_t, line=str, rest=str, piece=str, marked=cython.int,
    start=Py_ssize_t
)
cpdef Py_ssize_t fill_blocks(
    list lines, Py_ssize_t most, str marks, take_mark, Py_ssize_t longest, list texts, int[::1] gap, int[::1] mark
) except -1

@cython.locals(at=Py_ssize_t)
cdef bint _has_word(str line) except -1
