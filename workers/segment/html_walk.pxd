cimport cython

cdef Py_ssize_t _TAG, _PARENT, _HINTS, _SIGNATURE, _DEPTH, _FIRST, _LAST, _IMAGES, _IMAGES_END
cdef Py_ssize_t _OF, _WORDS, _BITS, _LINK_CHARS, _ALT
cdef Py_ssize_t _INLINE, _LINK, _IMAGE
cdef long long _KINDS
cdef dict _CODE
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
    cdef dict signatures
    cdef long long[::1] kinds
    cdef long long[:, ::1] elements
    cdef Py_ssize_t number
    cdef long long[:, ::1] blocks
    cdef Py_ssize_t count
    cdef list texts
    cdef list hrefs
    cdef list block_links

    @cython.locals(
        pieces=list, hinted=list, named=Py_ssize_t, waiting=Py_ssize_t, most=Py_ssize_t, above=list, ends=list, kind=object, text=str, end=cython.longlong,
        tag=str, code=cython.longlong, number=cython.longlong, own=cython.longlong, classes=str, is_hinted=bint
    )
    cpdef run(self)

    @cython.locals(number=Py_ssize_t, kind=cython.longlong, above=cython.longlong)
    cdef _open_element(self, long long code, long long classes, long long own_hints, long long depth)

    cdef _close(self, long long around)

    cdef _finished(self)

    @cython.locals(own_hints=cython.longlong, name=str)
    cdef long long _named(self, node) except? -1

    @cython.locals(href=str, rel=str)
    cdef long long _open_link(self, node) except? -100

    @cython.locals(pieces=list, text=str)
    cdef _flush(self)

    @cython.locals(count=Py_ssize_t, links=list)
    cdef _block(self, str text, long long image)

    @cython.locals(alt=str, source=str, first=list)
    cdef _image(self, node)

    @cython.locals(value=str)
    cdef _itemprop(self, str names, node)

@cython.locals(value=str, name=str)
cdef str _first(node, tuple names)

@cython.locals(start=Py_ssize_t, end=Py_ssize_t)
cdef Py_ssize_t _stripped(str text) except -1

@cython.locals(after_space=bint, at=Py_ssize_t)
cdef bint _is_folded(str text) except -1
