cimport cython

cdef Py_ssize_t _BODY, _RATIO, _WORDS, _LINKED, _OWN_LINK

@cython.locals(at=Py_ssize_t, number=Py_ssize_t, blocks=list)
cdef list _html_blocks(
    list texts, list hrefs, list links, list images, list roles, const float[:, :] probabilities,
    const long long[::1] element, const long long[::1] tag, const long long[::1] image, tuple tags
)

@cython.locals(at=Py_ssize_t, best=Py_ssize_t, role=Py_ssize_t, found=list)
cpdef list linked_body(
    const float[:, :] table, const long long[::1] rows, const float[:, :] probabilities, float least_ratio,
    float least_words
)
