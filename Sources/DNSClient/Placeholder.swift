import AsyncHTTPClient
import NIOPosix
import NIOSSL
enum DNSClientPlaceholder {}
