"""Which acts a file has already named, in 12 bytes per slot, so that a million rows stay small."""

from array import array


class SeenRows:
    """A hash table from a key's 64-bit hash to the number of the row that named it first."""

    def __init__(self) -> None:
        self._used = 0
        self._allocate(1 << 12)

    def first(self, key: str, row: int) -> int | None:
        """The row that named this key before, or None after remembering this row."""
        if self._used * 2 >= self._mask:
            self._grow()
        mark = self._mark(key)
        slot = self._slot(mark)
        if self._marks[slot]:
            return self._rows[slot]
        self._marks[slot], self._rows[slot] = mark, row
        self._used += 1
        return None

    @staticmethod
    def _mark(key: str) -> int:
        return hash(key) & 0xFFFFFFFFFFFFFFFF or 1

    def _slot(self, mark: int) -> int:
        marks, slot = self._marks, mark & self._mask
        while marks[slot] and marks[slot] != mark:
            slot = (slot + 1) & self._mask
        return slot

    def _allocate(self, size: int) -> None:
        self._mask = size - 1
        self._marks, self._rows = array("Q", bytes(8 * size)), array("L", bytes(array("L").itemsize * size))

    def _grow(self) -> None:
        marks, rows = self._marks, self._rows
        self._allocate(len(marks) * 2)
        for mark, row in zip(marks, rows, strict=True):
            if mark:
                slot = self._slot(mark)
                self._marks[slot], self._rows[slot] = mark, row
