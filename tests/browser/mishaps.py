"""What can go wrong inside a tablet, as scripts that run before any page's own."""

_POWER = """
(() => {
  const JOURNAL = ["entries", "outcomes", "receipts", "files", "drafts", "uploads"];
  const writing = new WeakMap();
  globalThis.writesOf = null;
  globalThis.writesLeft = WRITES;
  for (const act of ["add", "put", "delete"]) {
    const real = IDBObjectStore.prototype[act];
    IDBObjectStore.prototype[act] = function (...parts) {
      if (JOURNAL.includes(this.name))
        writing.set(this.transaction, [...(writing.get(this.transaction) ?? []), this.name]);
      return real.apply(this, parts);
    };
  }
  const begin = IDBDatabase.prototype.transaction;
  IDBDatabase.prototype.transaction = function (...parts) {
    const tx = begin.apply(this, parts);
    // Before whoever waits for it: nothing that follows from the write has begun.
    tx.addEventListener("complete", () => {
      const names = writing.get(tx) ?? [];
      if (!names.length || (writesOf && !names.includes(writesOf))) return;
      globalThis.writesLeft -= 1;
      if (globalThis.writesLeft > 0) return;
      console.log("the power goes");
      for (;;);
    });
    return tx;
  };
})();
"""


def power_goes_after(writes: int | None) -> str:
    """After so many writes to the journal no instruction of the page runs any more: it says so and
    spins until its process is killed. What was written by then is all there is. None: not yet;
    `writesLeft` can be set later. `writesOf`: only writes of that store are counted; the sender
    may note at any moment how its last attempt ended."""
    return _POWER.replace("WRITES", "Infinity" if writes is None else str(writes))


CONNECTIONS = """
(() => {
  const open = IDBFactory.prototype.open;
  globalThis.connections = [];
  IDBFactory.prototype.open = function (...parts) {
    const request = open.apply(this, parts);
    request.addEventListener("success", () => globalThis.connections.push(request.result));
    return request;
  };
})();
"""
CLOSE_ALL = "connections.splice(0).map((each) => each.close()).length"


def clock_off(seconds: int) -> str:
    """The page's clock is ahead of the world's, or behind it."""
    return (
        """
(() => {
  const Right = Date;
  globalThis.Date = class Date extends Right {
    constructor(...parts) {
      if (parts.length) super(...parts);
      else super(Right.now() + OFF);
    }
    static now() {
      return Right.now() + OFF;
    }
  };
})();
"""
    ).replace("OFF", str(seconds * 1000))
