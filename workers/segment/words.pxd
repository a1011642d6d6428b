cimport cython
from workers.segment.word_table cimport WordTable

cdef Py_ssize_t _SHORT, _HEAD, _TAIL, _LABEL
cdef WordTable _TABLE

@cython.locals(at=Py_ssize_t, start=Py_ssize_t, end=Py_ssize_t, bits=cython.longlong, text=str)
cdef _fill(
    list texts, const unsigned int[::1] codes, const long long[::1] starts, const unsigned char[::1] odd,
    long long[::1] into
)

@cython.locals(bits=cython.longlong)
cdef long long _odd_hints(str text) except? -1

cdef long long _fragments_in(str text) except? -1
