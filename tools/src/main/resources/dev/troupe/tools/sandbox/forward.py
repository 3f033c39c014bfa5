# Listens on a port of the sandbox's own loopback and passes every connection on to the proxy's unix socket. Started in
# front of a program, with nothing imported that is not built in: it listens, leaves a child behind that forwards, and
# becomes the program. The child can do no more than the program itself, and ends with it.
#
# forward.py <port> <socket> <program> <arguments...>
import _signal
import _socket
import posix
import select
import sys

PIECE = 65536
MOST_HELD = 1 << 20


def listen(port):
    listener = _socket.socket(_socket.AF_INET, _socket.SOCK_STREAM)
    listener.setsockopt(_socket.SOL_SOCKET, _socket.SO_REUSEADDR, 1)
    listener.bind(("127.0.0.1", port))
    listener.listen(64)
    return listener


class Side:
    def __init__(self, connection):
        self.connection = connection
        self.number = connection.fileno()
        self.held = bytearray()
        self.other = None
        self.reads = True
        self.ends = False


def forward(listener, path):
    sides = {}
    poll = select.poll()
    poll.register(listener.fileno(), select.POLLIN)

    def watch(side):
        events = 0
        if side.reads and len(side.other.held) < MOST_HELD:
            events |= select.POLLIN
        if side.held:
            events |= select.POLLOUT
        poll.register(side.number, events)

    def drop(side):
        for one in (side, side.other):
            if sides.pop(one.number, None) is not None:
                poll.unregister(one.number)
                one.connection.close()

    def flush(side):
        if side.held:
            try:
                del side.held[: side.connection.send(side.held)]
            except BlockingIOError:
                return  # It is full: poll tells when it is not.
        if side.ends and not side.held:
            side.ends = False
            side.connection.shutdown(_socket.SHUT_WR)

    def read(side):
        try:
            piece = side.connection.recv(PIECE)
        except BlockingIOError:
            return
        if piece:
            side.other.held += piece
        else:
            side.reads = False
            side.other.ends = True
        flush(side.other)

    def open_pair():
        number, _ = listener._accept()
        near = Side(_socket.socket(fileno=number))
        proxy = _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM)
        try:
            proxy.connect(path)
        except OSError:
            near.connection.close()
            return
        near.connection.setsockopt(_socket.IPPROTO_TCP, _socket.TCP_NODELAY, 1)
        far = Side(proxy)
        near.other, far.other = far, near
        for side in (near, far):
            side.connection.setblocking(False)
            sides[side.number] = side
            watch(side)

    def serve(side, events):
        if events & select.POLLOUT:
            flush(side)
        if events & select.POLLIN and side.reads:
            read(side)
        elif events & (select.POLLHUP | select.POLLERR) and not side.held:
            raise OSError("gone")
        if not side.reads and not side.other.reads and not side.held and not side.other.held:
            raise OSError("both have ended")
        watch(side)
        watch(side.other)

    while True:
        for number, events in poll.poll():
            if number == listener.fileno():
                open_pair()
            elif number in sides:
                side = sides[number]
                try:
                    serve(side, events)
                except OSError:
                    drop(side)


def main():
    port, path, program = int(sys.argv[1]), sys.argv[2], sys.argv[3:]
    try:
        listener = listen(port)
        if posix.fork() == 0:
            nowhere = posix.open("/dev/null", posix.O_RDWR)
            for output in (0, 1, 2):
                posix.dup2(nowhere, output)
            try:
                forward(listener, path)
            finally:
                posix._exit(1)
    except OSError as error:
        posix.write(2, ("network: the way to the proxy cannot be opened: %s\n" % error).encode())
    # What Python has set for itself would be inherited.
    for number in (_signal.SIGPIPE, _signal.SIGXFSZ):
        _signal.signal(number, _signal.SIG_DFL)
    posix.execv(program[0], program)


main()
