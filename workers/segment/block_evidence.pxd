cimport cython
from workers.segment.declaration cimport Declaration
from workers.segment.line_words cimport LineWords
from workers.segment.link_targets cimport Targets

cdef Py_ssize_t _REPEATS, _LINKED, _SLUG_MATCH, _LINK_REPEATS, _SLUG, LONGEST, SHORTEST

cdef class Evidence:
    cdef float[:, ::1] into
    cdef Declaration declaration
    cdef Targets targets
    cdef LineWords words
    cdef const unsigned int[::1] codes
    cdef const long long[::1] start
    cdef const unsigned char[::1] odd

    @cython.locals(
        into="float[:, ::1]", text_of="long long[::1]", copies="long long[::1]", link_of="long long[::1]",
        repeats="long long[::1]", first_text="long long[::1]", first_link="long long[::1]",
        leads="unsigned char[::1]", at=Py_ssize_t, text=str, href=str, target=Py_ssize_t, seen=Py_ssize_t,
        row=Py_ssize_t, linked=bint, codes="const unsigned int[::1]"
    )
    cpdef fill(self, list block_text, list block_href, texts, links)

    @cython.locals(found=Py_ssize_t)
    cdef _look(
        self, str text, const unsigned int[::1] codes, Py_ssize_t begin, Py_ssize_t end, str href, bint is_new,
        Py_ssize_t at
    )
