cimport cython

@cython.locals(found=Py_ssize_t, letter=Py_UCS4)
cpdef Py_ssize_t letters_beyond_latin(str text) except -1

@cython.locals(found=Py_ssize_t, letter=Py_UCS4)
cpdef Py_ssize_t wide_characters(str text) except -1

@cython.locals(letter=Py_UCS4)
cpdef bint touches_its_neighbours(str text) except -1

@cython.locals(letter=Py_UCS4)
cpdef bint writes_no_spaces(str text) except -1
