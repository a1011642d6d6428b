cimport cython
from workers.segment.folding cimport folded, is_space, stripped
from workers.segment.html_attributes cimport image_source, named
from workers.segment.markup_words cimport class_hints

cdef Py_ssize_t _TAG, _PARENT, _HINTS, _DEPTH, _FIRST, _LAST, _IMAGES, _IMAGES_END
cdef Py_ssize_t _OF, _WORDS, _BITS, _LINK_CHARS, _ALT
cdef Py_ssize_t _INLINE, _LINK
cdef long long _CODE_BITS, _CODES, _OTHER, _A, _TIME, _BREAK, _IMAGE
cdef long long _KINDS
cdef dict _MEANING
cdef object _Text
cdef object _Element

cdef class Walk:
    cdef object document
    cdef object tree
    cdef object declared
    cdef list images
    cdef long long open
    cdef list pieces
    cdef long long inline
    cdef long long inline_hints
    cdef Py_ssize_t link_chars
    cdef list links
    cdef str link
    cdef long long[::1] kinds
    cdef long long[:, ::1] elements
    cdef Py_ssize_t number
    cdef long long[:, ::1] blocks
    cdef Py_ssize_t count
    cdef list texts
    cdef list hrefs
    cdef list block_links

    @cython.locals(
        pieces=list, hinted=list, at_hinted=Py_ssize_t, waiting=Py_ssize_t, most=Py_ssize_t, above=list, ends=list, kind=object, text=str, end=cython.longlong,
        meaning=cython.longlong, code=cython.longlong, number=cython.longlong, own=cython.longlong, classes=str, is_hinted=bint
    )
    cpdef run(self)

    @cython.locals(number=Py_ssize_t, kind=cython.longlong, above=cython.longlong)
    cdef _open_element(self, long long code, long long classes, long long own_hints, long long depth)

    cdef _close(self, long long around)

    cdef _finished(self)

    @cython.locals(href=str, rel=str)
    cdef long long _open_link(self, node) except? -100

    @cython.locals(pieces=list, text=str)
    cdef _flush(self)

    @cython.locals(count=Py_ssize_t, links=list)
    cdef _block(self, str text, long long image)

    @cython.locals(alt=str, source=str)
    cdef _image(self, node)
