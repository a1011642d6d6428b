cimport cython

cdef str _DECLARING

@cython.locals(tag=str, href=str)
cpdef read_declared(document, tree)

@cython.locals(content=str, name=str, meta=dict)
cdef _meta(node, declared)

@cython.locals(rel=str, href=str, names=str)
cdef _link(node, declared)

@cython.locals(kind=str)
cdef _script(node, tree)
