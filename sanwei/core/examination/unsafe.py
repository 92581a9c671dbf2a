"""Why a file is not taken."""


class Unsafe(Exception):
    """Refuses the file. The message continues “文件“…””, says what to do next, and has no full stop."""

    @classmethod
    def mismatch(cls, extension: str):
        program = "看图软件" if extension in ("jpg", "jpeg", "png") else " WPS/Office "
        return cls(f"的内容与扩展名不符，请用{program}打开后另存为 .{extension} 再上传")

    @classmethod
    def damaged(cls, extension: str):
        return cls(f"已损坏或结构异常，请重新生成或另存为 .{extension} 再上传")

    @classmethod
    def locked(cls):
        return cls("设有打开密码或加密，系统无法检查，请取消密码后再上传")

    @classmethod
    def macros(cls, extension: str):
        return cls(f"含有宏，请用 WPS/Office 打开，删除宏后另存为 .{extension} 再上传")

    @classmethod
    def embedded(cls):
        return cls("嵌有可执行程序或其他文件，请删除嵌入的对象后再上传")

    @classmethod
    def external(cls):
        return cls("引用了外部文件或数据源，请用 WPS/Office 断开链接（图片改为嵌入）后另存再上传")

    @classmethod
    def bomb(cls):
        return cls("解压后体积过大或文件过多，请减少内容、拆分后再上传")

    @classmethod
    def classified(cls):
        return cls(
            "含有国家秘密标志。涉密不上网、上网不涉密：本系统为非涉密系统，"
            "请立即停止上传，并按保密规定处理该文件"
        )
