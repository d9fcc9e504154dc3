/* Texts in commands that a message proposes. */
#ifndef HIKU_BASE_SHELL_H
#define HIKU_BASE_SHELL_H

/* As long as a message may be (error.h). */
struct shell_text {
    char text[1536];
};

/* TEXT, NUL-terminated, as it has to stand between '…' in a command for the shell (POSIX.1-2017,
 * XCU 2.2.2): as it is, but for each ' that is in it '\''. Returns TEXT itself or what SPACE holds
 * then, cut where that is full. */
const char *shell_quoted(const char *text, struct shell_text *space);

#endif
