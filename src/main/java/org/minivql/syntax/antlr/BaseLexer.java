package org.minivql.syntax.antlr;

import java.util.Arrays;
import java.util.function.Consumer;
import org.antlr.v4.runtime.CharStream;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.Lexer;
import org.antlr.v4.runtime.Token;

/**
 * What the generated lexer cannot say in rules: which parenthesis opens a call, how deep the
 * program is nested, and where an unterminated literal makes the rest unreadable.
 */
public abstract class BaseLexer extends Lexer {
  private static final int MAX_DEPTH = ProgramReader.MAX_DEPTH;

  private final SourceChars source;
  private boolean[] call = new boolean[8];
  private int[] nots = new int[8];

  /** Where the last block comment ends; -2 until somebody asks. */
  private int lastBlockEnd = -2;

  private Consumer<Token> comments;
  private int brackets;
  private int openNots;
  private boolean callMayFollow;
  private boolean unreadable;
  private int tokens;

  /** A lexer of a {@link SourceChars}. */
  protected BaseLexer(CharStream input) {
    super(input);
    source = (SourceChars) input;
  }

  /** The text. */
  final String source() {
    return source.text();
  }

  /** Whether the block comment just opened is closed somewhere; else it is two operators. */
  protected final boolean closes() {
    if (lastBlockEnd == -2) {
      lastBlockEnd = source.text().lastIndexOf("*/");
    }
    return source.index() <= lastBlockEnd;
  }

  /** Whether a word ends at the current position. */
  protected final boolean wordEnds() {
    int next = _input.LA(1);
    return !(next >= 'a' && next <= 'z'
        || next >= 'A' && next <= 'Z'
        || next >= '0' && next <= '9'
        || next == '_');
  }

  /** From now on comments go there; otherwise they are dropped. */
  final void sendComments(Consumer<Token> receiver) {
    comments = receiver;
  }

  /** Whether the rest of the text is not read: a literal is never closed, or it is too much. */
  final boolean unreadable() {
    return unreadable;
  }

  /** How many brackets are open in the current statement. */
  final int brackets() {
    return brackets;
  }

  /** Forgets what is open: a new statement begins. */
  final void beginStatement() {
    brackets = 0;
    openNots = 0;
    nots[0] = 0;
    callMayFollow = false;
  }

  @Override
  public final Token nextToken() {
    if (unreadable) {
      return emitEOF();
    }
    Token token = next();
    while (token.getChannel() != Token.DEFAULT_CHANNEL) {
      if (comments != null) {
        comments.accept(token);
      }
      token = next();
    }
    if (++tokens > ProgramReader.MAX_TOKENS && token.getType() != Token.EOF) {
      ((CommonToken) token).setType(VqlLexer.TOO_MANY);
      unreadable = true;
    }
    return token;
  }

  /** The next token; the blanks in front of it are half of all there is, and no rule is needed. */
  private Token next() {
    source.skipBlanks();
    return super.nextToken();
  }

  @Override
  public final void emit(Token token) {
    super.emit(token);
    if (token.getChannel() == Token.DEFAULT_CHANNEL) {
      track((CommonToken) token);
    }
  }

  private void track(CommonToken token) {
    boolean afterName = callMayFollow;
    callMayFollow = false;
    switch (token.getType()) {
      case VqlLexer.IDENT, VqlLexer.NEGATED_IDENT -> callMayFollow = true;
      case VqlLexer.LPAREN -> open(token, afterName);
      case VqlLexer.LBRACE, VqlLexer.LBRACKET -> open(token, false);
      case VqlLexer.RPAREN -> callMayFollow = close();
      case VqlLexer.RBRACE, VqlLexer.RBRACKET -> close();
      case VqlLexer.NOT -> not(token);
      case VqlLexer.AND, VqlLexer.AMPS, VqlLexer.OR, VqlLexer.BARS, VqlLexer.COMMA -> endNots();
      case VqlLexer.INVALID -> unreadable = opensLiteral(token);
      default -> {
        // The other tokens neither nest nor end anything.
      }
    }
  }

  /** Whether the token is a quote that is never closed: what follows stands inside the literal. */
  private boolean opensLiteral(CommonToken token) {
    int at = token.getStartIndex();
    String text = source.text();
    char c = text.charAt(at);
    if (c == '`' && text.startsWith("``", at)) {
      token.setStopIndex(at + 1);
      _input.seek(at + 2);
      return false;
    }
    boolean opens = c == '\'' || c == '"' || c == '`';
    if (opens) {
      token.setStopIndex(text.length() - 1);
      _input.seek(text.length());
    }
    return opens;
  }

  private void open(CommonToken token, boolean opensCall) {
    brackets++;
    if (brackets == call.length && brackets <= MAX_DEPTH) {
      call = Arrays.copyOf(call, 2 * brackets);
      nots = Arrays.copyOf(nots, 2 * brackets);
    }
    if (brackets + openNots > MAX_DEPTH) {
      token.setType(VqlLexer.TOO_DEEP);
    } else {
      call[brackets] = opensCall;
      nots[brackets] = 0;
      if (opensCall) {
        token.setType(VqlLexer.CALL);
      }
    }
  }

  private boolean close() {
    if (brackets == 0) {
      return false;
    }
    endNots();
    boolean wasCall = brackets <= MAX_DEPTH && call[brackets];
    brackets--;
    return wasCall;
  }

  private void not(CommonToken token) {
    if (brackets + openNots >= MAX_DEPTH) {
      token.setType(VqlLexer.TOO_DEEP);
    } else {
      nots[brackets]++;
      openNots++;
    }
  }

  private void endNots() {
    if (brackets <= MAX_DEPTH) {
      openNots -= nots[brackets];
      nots[brackets] = 0;
    }
  }
}
