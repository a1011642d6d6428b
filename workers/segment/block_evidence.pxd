cimport cython

cdef Py_ssize_t _LONGEST_TITLE, _LONGEST_BYLINE, _SHORTEST_TITLE, _OPENING, _SLUG, _YEAR
cdef Py_ssize_t _TITLE_MATCH, _TITLE_EXACT, _TITLE_WITHIN, _DESCRIPTION_MATCH, _STARTS, _IN_BODY, _NAMES_AUTHOR
cdef Py_ssize_t _REPEATS, _LINKED, _OWN_LINK, _OTHER_HOST, _PATH_PARTS, _PATH_SHARED, _SLUG_WORDS, _SLUG_DIGITS
cdef Py_ssize_t _SLUG_MATCH, _FRAGMENT, _QUERY, _LINK_REPEATS

@cython.locals(
    text_of="long[::1]", copies="long[::1]", link_of="long[::1]", repeats="long[::1]", first_text="long[::1]",
    first_link="long[::1]", words=list, slugs=list, at=Py_ssize_t, text=str, href=str, group=Py_ssize_t,
    target=Py_ssize_t, seen=Py_ssize_t, row=Py_ssize_t, slug=str, own=set, line=list, word=str, found=Py_ssize_t
)
cdef _fill(
    float[:, ::1] into, list block_text, list block_href, Declaration declaration, Targets targets, texts, links
)

cdef class Declaration:
    cdef list titles
    cdef list title_texts
    cdef list authors
    cdef frozenset description
    cdef str described
    cdef str body
    cdef frozenset vocabulary

    @cython.locals(length=Py_ssize_t, lowered=str, words=list, name=str)
    cdef list compare(self, str text, float[:, ::1] into, Py_ssize_t at)

    @cython.locals(size=Py_ssize_t, shared=frozenset, best=cython.double, common=Py_ssize_t, title_text=str)
    cdef _match(self, frozenset line, str lowered, float[:, ::1] into, Py_ssize_t at)

cdef class Targets:
    cdef str host
    cdef list path_parts
    cdef frozenset own_paths
    cdef dict others

    @cython.locals(size=Py_ssize_t, end=Py_ssize_t, query=bint, place=Py_ssize_t, start=Py_ssize_t, other=bint)
    cdef bint describe(self, str href, float[:, ::1] into, Py_ssize_t at) except -1

    @cython.locals(slashes=Py_ssize_t, slash=Py_ssize_t)
    cdef Py_ssize_t _path(self, str href, Py_ssize_t end) except -1

    cdef bint _is_other(self, str begun) except -1

    @cython.locals(
        number=Py_ssize_t, shared=Py_ssize_t, digits=bint, row=Py_ssize_t, begun=Py_ssize_t, marks=Py_ssize_t,
        length=Py_ssize_t, last_marks=Py_ssize_t, last_length=Py_ssize_t, place=Py_ssize_t, letter=Py_UCS4,
        before_marks=Py_ssize_t, before_length=Py_ssize_t, parts=Py_ssize_t
    )
    cdef _parts(self, str href, Py_ssize_t start, Py_ssize_t end, float[:, ::1] into, Py_ssize_t at)

@cython.locals(at=Py_ssize_t)
cdef bint _may_be_unspaced(str text) except -1
