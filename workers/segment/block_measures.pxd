cimport cython

cdef Py_ssize_t _LONG_WORDS, _LABEL_WORDS, _PUNCTUATION, _LEVEL
cdef Py_ssize_t _LOWER, _UPPER, _UNCASED, _HAN, _UNSPACED, _DIGIT, _STOP, _COMMA, _QUOTE, _COLON, _DASH

@cython.locals(
    one=cython.float, at=Py_ssize_t, row=Py_ssize_t, length=cython.float, tokens=cython.float, letters=cython.float
)
cpdef fill_text(
    float[:, ::1] into, const float[:, ::1] classes, const float[::1] chars, const float[::1] words,
    const float[::1] capitalised, const unsigned char[::1] first, const unsigned char[::1] last
)

@cython.locals(one=cython.float, at=Py_ssize_t, linked=cython.float, ratio=cython.float)
cpdef fill_link_ratio(const long long[::1] link_chars, const float[::1] chars, float[:, ::1] into)

@cython.locals(linked=cython.float, ratio=cython.float, at=Py_ssize_t)
cpdef fill_summed(
    float[:, ::1] into, const float[:, ::1] links, const float[::1] chars, const float[::1] words,
    const float[::1] stops
)

@cython.locals(
    one=cython.float, level=Py_ssize_t, row=Py_ssize_t, at=Py_ssize_t, element=Py_ssize_t, size=cython.float,
    words=cython.float, chars=cython.float, long=cython.float
)
cpdef fill_levels(
    float[:, ::1] into, const long long[:, ::1] ancestors, const long long[::1] first, const long long[::1] last,
    const float[::1] images, const float[:, ::1] sums, float all_words, float all_long
)

@cython.locals(
    count=Py_ssize_t, weight=cython.float, all_blocks=cython.float, best=Py_ssize_t, most=cython.float, at=Py_ssize_t,
    likely=cython.float, total=cython.float, heading=Py_ssize_t, row=Py_ssize_t
)
cpdef fill_place(
    float[:, ::1] into, const float[::1] words, const float[::1] match, const float[:, ::1] headings,
    const long long[::1] parent
)

@cython.locals(
    linked=cython.float, long_ratio=cython.float, at=Py_ssize_t, is_linked=bint
)
cpdef fill_card_values(
    float[:, ::1] into, const float[::1] words, const float[::1] ratio, const float[::1] heading,
    const long long[::1] said, long long times, const long long[::1] first
)
