cimport cython
from workers.segment.markup_words cimport hints

cdef frozenset _HINTED
cdef tuple _LAZY_SOURCES, _LAST_SOURCES, _LONG_ITEMPROPS

@cython.locals(own_hints=cython.longlong, name=str)
cpdef long long named(node, declared) except? -1

cdef _itemprop(str names, node, declared)

@cython.locals(source=str, first=list)
cpdef str image_source(node)

@cython.locals(value=str, name=str)
cdef str _first(node, tuple names)
