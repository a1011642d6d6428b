cimport cython
from workers.enrich.utf8 cimport put_letter

cdef unsigned int _LETTERS, _UNKNOWN, _NOT_ALONE, _SPACE

@cython.final
cdef class LetterTable:
    cdef object fold
    cdef unsigned short[::1] folded

    @cython.locals(
        folded="unsigned short[::1]", result=bytearray, size=Py_ssize_t, is_apart=bint, letter=Py_UCS4,
        code=cython.uint
    )
    cpdef text(self, str text)
