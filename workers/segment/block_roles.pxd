cimport cython

cdef Py_ssize_t _CHROME, _TEASER

@cython.locals(at=Py_ssize_t, best=Py_ssize_t, most=cython.float, role=Py_ssize_t, roles=list)
cdef list _likeliest(
    const float[:, :] probabilities, bint with_story, float least_teaser, list of_story, list by_number
)

@cython.locals(at=Py_ssize_t)
cpdef list places(list roles, role)

@cython.locals(at=Py_ssize_t, held=cython.double)
cpdef double words_in(const float[:] words, list blocks)

@cython.locals(at=Py_ssize_t, number=Py_ssize_t, held=list)
cdef _fill_standing(list roles, list standing)
