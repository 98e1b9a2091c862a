import Platform
import Testing

struct FileTests {
}
