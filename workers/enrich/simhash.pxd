cimport cython

from workers.enrich.word_counts cimport WordCounts

cdef Py_ssize_t _SHORTEST, _MOST, HEADLINE_REPEATS, _BITS, _FEWEST_WORDS
cdef double _EVEN
cdef list _WEIGHTS
cdef dict _hashes

@cython.locals(words=dict, word=bytes, count=Py_ssize_t)
cdef _find_voters(bytes headline, WordCounts body, Py_ssize_t least, list hashes, list counts)

@cython.locals(first=Py_ssize_t, second=Py_ssize_t, count=Py_ssize_t, cap=Py_ssize_t)
cdef list _weights(list counts)

@cython.locals(
    sums="double[::1]", votes="double[2]", total=cython.double, number=Py_ssize_t, hashed=cython.ulonglong,
    weight=cython.double, bit=cython.uint, beyond=cython.double, elected=cython.ulonglong, one=cython.ulonglong
)
cdef _majority(list hashes, list weights)
