cimport cython

cdef long long _ASIDE, _LIST, _FEED, _POPULAR, _RAIL, _ADVERT, _SAYS_ADVERT, _NO_KICKER, _FEED_ONLY, _NOT_A_PICTURE
cdef Py_ssize_t _LONGEST_KICKER

cdef class HtmlLayout:
    cdef object context
    cdef list blocks, texts, hrefs, images
    cdef const long long[::1] said, path_hints, path_tags
    cdef const long long[::1] parent, first, last, images_before, images_end, element, block_image
    cdef bint has_story
    cdef dict _cards

    @cython.locals(element=Py_ssize_t)
    cpdef card(self, Py_ssize_t block)

    cpdef image(self, card, Py_ssize_t block)

    cdef list _images(self, Py_ssize_t element)

    @cython.locals(at=Py_ssize_t, first=Py_ssize_t, text=str)
    cpdef kicker(self, card, Py_ssize_t block)

    @cython.locals(hints=cython.longlong, tags=cython.longlong)
    cpdef placement(self, Py_ssize_t block, span)

    @cython.locals(at=Py_ssize_t, begin=Py_ssize_t, end=Py_ssize_t, said=cython.longlong)
    cpdef sponsored(self, card, Py_ssize_t block)

    @cython.locals(path=str)
    cpdef leads_home(self, Py_ssize_t block, str href)

    cdef bint _is_own(self, str href) except -1

    @cython.locals(
        first=Py_ssize_t, last=Py_ssize_t, end=Py_ssize_t, number=Py_ssize_t, block=Py_ssize_t, at_image=dict,
        promoting=set, element=Py_ssize_t, caption=Py_ssize_t, text=str
    )
    cpdef pictures(self, span, Py_ssize_t headline, list captions)

    @cython.locals(element=Py_ssize_t, low=Py_ssize_t, high=Py_ssize_t, found=Py_ssize_t, number=Py_ssize_t)
    cdef Py_ssize_t _image_of(self, Py_ssize_t caption) except -2

cdef bint _leads_somewhere(str href) except -1

cdef bint _is_outside(str href, context) except -1
