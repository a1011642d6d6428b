cimport cython
from workers.enrich.utf8 cimport put_letter

cdef unsigned int _LETTERS, _UNKNOWN, _LONGER
cdef Py_ssize_t _LONGEST

@cython.final
cdef class WordFolder:
    cdef str punctuation
    cdef unsigned short[::1] folded

    @cython.locals(
        folded="unsigned short[::1]", room=Py_ssize_t, result=bytearray, size=Py_ssize_t, letter=Py_UCS4,
        code=cython.uint, several=bytes, at=Py_ssize_t
    )
    cpdef bytes fold(self, str text)

    cdef unsigned short _look(self, str letter) except? 1

    cpdef bytes alone(self, str letter)
