/*
 * The tokens of VQL.
 *
 * The language tries its token rules in order and takes the first that matches; ANTLR takes the
 * longest match and the first rule among equals. The rules below give the same tokens either way;
 * where they would not (GROUP BY before a longer word, a comment that is never closed) a
 * predicate decides. Characters above ASCII reach the lexer as one and the same non-letter (see
 * SourceChars): they have a meaning in strings, comments and quoted names only.
 */
lexer grammar VqlLexer;

options {
  caseInsensitive = true;
  superClass = BaseLexer;
}

/*
 * What BaseLexer makes of other tokens: CALL is a parenthesis that opens arguments, TOO_DEEP one
 * that opens a level too many, TOO_MANY the first token beyond the limit.
 */
tokens { CALL, TOO_DEEP, TOO_MANY }

WHITESPACE : [ \t\r\n\f]+ -> skip ;

BLOCK_COMMENT : '/*' {closes()}? .*? '*/' -> channel(HIDDEN) ;
DASH_COMMENT  : '--' ~[\n]* -> channel(HIDDEN) ;
SLASH_COMMENT : '//' ~[\n]* -> channel(HIDDEN) ;

EXPLAIN  : 'EXPLAIN' ;
SELECT   : 'SELECT' ;
WHERE    : 'WHERE' ;
AND      : 'AND' ;
OR       : 'OR' ;
BARS     : '|'+ ;
AMPS     : '&&' ;
FROM     : 'FROM' ;
NOT      : 'NOT' ;
AS       : 'AS' ;
IN       : 'IN' ;
LIMIT    : 'LIMIT' ;
NULL     : 'NULL' ;
DESC     : 'DESC' ;
GROUP_BY : 'GROUP' [ \t\r\n\f]+ 'BY' {wordEnds()}? ;
ORDER_BY : 'ORDER' [ \t\r\n\f]+ 'BY' {wordEnds()}? ;
BOOL     : 'TRUE' | 'FALSE' ;
LET      : 'LET' ;

NUMBER options { caseInsensitive = false; }
    : '-'? ( '0x' [0-9a-fA-F]+
           | [0-9]+ ('.' [0-9]+)? EXPONENT?
           | '.' [0-9]+ EXPONENT?
           )
    ;

IDENT : NAME ;
NEGATED_IDENT : '-' NAME ;

NE    : '!=' ;
LTGT  : '<>' ;
LE    : '<=' ;
GE    : '>=' ;
ARROW : '=>' ;
MATCH : '=~' ;
MINUS : '-' ;
PLUS  : '+' ;
COLON : ':' ;
STAR  : '*' ;
SLASH : '/' ;
PERCENT  : '%' ;
COMMA    : ',' ;
DOT      : '.' ;
LPAREN   : '(' ;
RPAREN   : ')' ;
EQ       : '=' ;
LT       : '<' ;
GT       : '>' ;
LBRACE   : '{' ;
RBRACE   : '}' ;
LBRACKET : '[' ;
RBRACKET : ']' ;

RAW_STRING : '\'\'\'' .*? '\'\'\'' ;
STRING
    : '\'' ( ~['\\] | '\\' . )* '\''
    | '"' ( ~["\\] | '\\' . )* '"'
    ;

/* Whatever else: a token no rule of the parser takes, so that it reports its place. */
INVALID : . ;

fragment NAME : [A-Z_] [A-Z0-9_]* | '`' ~[`]+ '`' ;
fragment EXPONENT : 'E' [-+]? [0-9]+ ;
