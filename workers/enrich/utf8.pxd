cpdef Py_ssize_t put_letter(bytearray into, Py_ssize_t size, unsigned int code) except -1
