/* The language of the messages. Interface to locale.c. */
#ifndef HIKU_CLI_LOCALE_H
#define HIKU_CLI_LOCALE_H

/* Takes the language from the environment. The catalogues are those beside the program
 * (locale/ in its folder), else the installed ones. */
void locale_init(void);

#endif
