package org.minivql.builtin.template;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.minivql.builtin.template.TemplateLexer.Kind;
import org.minivql.builtin.template.TemplateLexer.Token;
import org.minivql.value.IntegerText;

/** Builds the tree of a template. */
final class TemplateParser {
  /** The name of the text outside all definitions. */
  static final String MAIN = "";

  private static final int DEEPEST = 200;

  private final List<Token> tokens;
  private final Map<String, Node> defined = new HashMap<>();
  private int at;
  private int depth;

  TemplateParser(String text) {
    this.tokens = new TemplateLexer(text).tokens();
  }

  /** The definitions by name; the template itself is {@link #MAIN}. */
  Map<String, Node> parse() {
    Node main = block();
    if (peek().kind() != Kind.END) {
      throw fail("unexpected {{" + peekKeyword() + "}}");
    }
    defined.put(MAIN, main);
    return Map.copyOf(defined);
  }

  private Token peek() {
    return tokens.get(at);
  }

  private Token take() {
    return tokens.get(at++);
  }

  private void skipSpace() {
    while (peek().kind() == Kind.SPACE) {
      at++;
    }
  }

  /** The keyword the next action begins with; empty where it begins with something else. */
  private String peekKeyword() {
    int i = at;
    if (tokens.get(i).kind() == Kind.OPEN) {
      i++;
    }
    while (tokens.get(i).kind() == Kind.SPACE) {
      i++;
    }
    return tokens.get(i).kind() == Kind.NAME ? tokens.get(i).text() : "";
  }

  /** Parts up to an {@code end} or {@code else}. */
  private Node block() {
    if (++depth > DEEPEST) {
      throw fail("nested too deeply");
    }
    List<Node> parts = new ArrayList<>();
    while (peek().kind() != Kind.END) {
      if (peek().kind() == Kind.TEXT) {
        parts.add(new Node.Text(take().text()));
        continue;
      }
      String keyword = peekKeyword();
      if (keyword.equals("end") || keyword.equals("else")) {
        break;
      }
      Node part = action(keyword);
      if (part != null) {
        parts.add(part);
      }
    }
    depth--;
    return new Node.Block(parts);
  }

  private Node action(String keyword) {
    at++;
    skipSpace();
    switch (keyword) {
      case "if", "with", "range" -> {
        at++;
        return control(keyword);
      }
      case "define", "block" -> {
        at++;
        return definition(keyword.equals("block"));
      }
      case "template" -> {
        at++;
        String name = string();
        return new Node.Call(name, pipeOrNone());
      }
      case "break", "continue" -> {
        at++;
        close();
        return new Node.Leave(keyword.equals("break"));
      }
      default -> {
        return new Node.Write(pipe());
      }
    }
  }

  private Node control(String keyword) {
    Node.Pipe pipe = pipe();
    Node body = block();
    Node otherwise = new Node.Block(List.of());
    if (peekKeyword().equals("else")) {
      at++;
      skipSpace();
      at++;
      skipSpace();
      if (peek().kind() == Kind.NAME) {
        // "else if" shares the end of the outer one.
        String inner = take().text();
        return node(keyword, pipe, body, control(inner));
      }
      close();
      otherwise = block();
    }
    end();
    return node(keyword, pipe, body, otherwise);
  }

  private Node node(String keyword, Node.Pipe pipe, Node body, Node otherwise) {
    return switch (keyword) {
      case "if" -> new Node.If(pipe, body, otherwise);
      case "with" -> new Node.With(pipe, body, otherwise);
      case "range" -> new Node.Range(pipe, body, otherwise);
      default -> throw fail("unexpected " + keyword + " after else");
    };
  }

  private Node definition(boolean used) {
    String name = string();
    Node.Pipe value = used ? pipeOrNone() : null;
    if (!used) {
      skipSpace();
      close();
    }
    Node body = block();
    end();
    defined.put(name, body);
    return used ? new Node.Call(name, value) : null;
  }

  private void end() {
    if (!peekKeyword().equals("end")) {
      throw fail("unexpected end of template, {{end}} is missing");
    }
    at++;
    skipSpace();
    at++;
    close();
  }

  private void close() {
    skipSpace();
    if (take().kind() != Kind.CLOSE) {
      at--;
      throw fail("unexpected " + describe(peek()) + " in action");
    }
  }

  private String string() {
    skipSpace();
    if (peek().kind() != Kind.STRING) {
      throw fail("a template needs a name in quotes");
    }
    return take().text();
  }

  private Node.Pipe pipeOrNone() {
    skipSpace();
    if (peek().kind() == Kind.CLOSE) {
      at++;
      return null;
    }
    return pipe();
  }

  /** A pipe up to the end of the action. */
  private Node.Pipe pipe() {
    Node.Pipe pipe = pipeUpTo();
    close();
    return pipe;
  }

  private Node.Pipe pipeUpTo() {
    skipSpace();
    List<String> variables = new ArrayList<>();
    boolean declares = false;
    int start = at;
    while (peek().kind() == Kind.VARIABLE) {
      variables.add(take().text());
      skipSpace();
      if (mark(":=") || mark("=")) {
        declares = tokens.get(at).text().equals(":=");
        at++;
        start = -1;
        break;
      }
      if (!mark(",")) {
        break;
      }
      at++;
      skipSpace();
    }
    if (start >= 0) {
      variables.clear();
      at = start;
    }
    List<Node.Command> commands = new ArrayList<>();
    commands.add(command());
    while (mark("|")) {
      at++;
      commands.add(command());
    }
    return new Node.Pipe(variables, declares, commands);
  }

  private boolean mark(String text) {
    return peek().kind() == Kind.MARK && peek().text().equals(text);
  }

  private Node.Command command() {
    List<Node.Operand> operands = new ArrayList<>();
    skipSpace();
    while (peek().kind() != Kind.CLOSE && !mark("|") && !mark(")")) {
      operands.add(operand());
      skipSpace();
    }
    if (operands.isEmpty()) {
      throw fail("missing value for command");
    }
    return new Node.Command(operands);
  }

  private Node.Operand operand() {
    Node.Operand operand = term();
    while (peek().kind() == Kind.FIELD) {
      operand = new Node.Member(operand, take().text());
    }
    return operand;
  }

  private Node.Operand term() {
    Token token = take();
    return switch (token.kind()) {
      case FIELD -> new Node.Member(new Node.Dot(), token.text());
      case DOT -> new Node.Dot();
      case VARIABLE -> new Node.Variable(token.text());
      case STRING -> new Node.Constant(token.text());
      case CHARACTER -> new Node.Constant((long) token.text().codePointAt(0));
      case NUMBER -> new Node.Constant(number(token.text()));
      case NAME ->
          switch (token.text()) {
            case "true" -> new Node.Constant(true);
            case "false" -> new Node.Constant(false);
            case "nil" -> new Node.Nil();
            default -> new Node.Function(token.text());
          };
      default -> nested(token);
    };
  }

  private Node.Operand nested(Token token) {
    if (token.kind() != Kind.MARK || !token.text().equals("(") || ++depth > DEEPEST) {
      at--;
      throw fail("unexpected " + describe(token) + " in operand");
    }
    Node.Pipe pipe = pipeUpTo();
    if (!mark(")")) {
      throw fail("unclosed left paren");
    }
    at++;
    depth--;
    return new Node.Nested(pipe);
  }

  private Object number(String text) {
    BigInteger integer = IntegerText.parse(text);
    if (integer != null && integer.bitLength() < 64) {
      return integer.longValue();
    }
    if (!text.matches("[-+]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][-+]?[0-9]+)?")) {
      throw fail("bad number syntax: \"" + text + "\"");
    }
    return Double.parseDouble(text);
  }

  private static String describe(Token token) {
    return token.kind() == Kind.CLOSE || token.kind() == Kind.END
        ? "end"
        : "\"" + token.text() + "\"";
  }

  private TemplateException fail(String message) {
    return new TemplateException("line " + peek().line() + ": " + message);
  }
}
